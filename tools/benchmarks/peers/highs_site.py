"""HiGHS: where stations go, by the textbook's compact model in one call of highspy.

highs_site.py SOURCE --goal GOAL [-k N] [--radius R]; prints the proved answer as JSON.

cover: Church and ReVelle's maximal covering; all: Toregas' set covering;
median: ReVelle and Swain's with one row for every demand and site; center:
the same with the worst cost above all. The matrix is passed as arrays, so no
time goes into building it in Python.
"""

import dataclasses

import highspy
import numpy
import scipy.sparse

import figures
import placement


@dataclasses.dataclass(frozen=True)
class Model:
    """Minimise cost over columns from 0 to `upper`, of which the first are sites."""

    cost: numpy.ndarray
    upper: numpy.ndarray
    rows: scipy.sparse.csr_matrix
    least: numpy.ndarray
    most: numpy.ndarray


def covering(asked: placement.Task) -> Model:
    """Sites that reach as much as possible, or everything."""
    costs = asked.costs
    count, sites = len(costs.weights), costs.site_count
    reach = scipy.sparse.coo_matrix((numpy.ones(len(costs.sites)), (costs.demands, costs.sites)), shape=(count, sites))
    if asked.goal == "all":
        return Model(numpy.ones(sites), numpy.ones(sites), reach.tocsr(), numpy.ones(count), numpy.full(count, numpy.inf))
    stations = scipy.sparse.hstack([numpy.ones((1, sites)), scipy.sparse.coo_matrix((1, count))])
    reached = scipy.sparse.hstack([reach, -scipy.sparse.identity(count)])
    return Model(
        numpy.concatenate([numpy.zeros(sites), -costs.weights]), numpy.ones(sites + count),
        scipy.sparse.vstack([stations, reached]).tocsr(),
        numpy.concatenate([[0], numpy.zeros(count)]), numpy.concatenate([[asked.stations], numpy.full(count, numpy.inf)]),
    )


def assigning(asked: placement.Task) -> Model:
    """Sites, and an assignment of every demand to one of them."""
    costs = asked.costs
    count, sites, entries = len(costs.weights), costs.site_count, len(costs.sites)
    numbers = numpy.arange(entries)
    ones = numpy.ones(entries)
    stations = scipy.sparse.hstack([numpy.ones((1, sites)), scipy.sparse.coo_matrix((1, entries))])
    once = scipy.sparse.coo_matrix((ones, (costs.demands, sites + numbers)), shape=(count, sites + entries))
    only_open = scipy.sparse.hstack([
        scipy.sparse.coo_matrix((ones, (numbers, costs.sites)), shape=(entries, sites)), -scipy.sparse.identity(entries),
    ])
    parts = [stations, once, only_open]
    least = [[0], numpy.ones(count), numpy.zeros(entries)]
    most = [[asked.stations], numpy.ones(count), numpy.full(entries, numpy.inf)]
    cost = numpy.concatenate([numpy.zeros(sites), costs.weights[costs.demands] * costs.costs])
    upper = numpy.ones(sites + entries)
    if asked.goal == "center":
        walked = scipy.sparse.coo_matrix((-costs.costs, (costs.demands, sites + numbers)), shape=(count, sites + entries))
        worst = numpy.concatenate([numpy.zeros(1 + count + entries), numpy.ones(count)])
        parts = [scipy.sparse.hstack([scipy.sparse.vstack([*parts, walked]), worst[:, None]])]
        least, most = [*least, numpy.zeros(count)], [*most, numpy.full(count, numpy.inf)]
        cost = numpy.concatenate([numpy.zeros(sites + entries), [1]])
        upper = numpy.concatenate([upper, [numpy.inf]])
    return Model(cost, upper, scipy.sparse.vstack(parts).tocsr(), numpy.concatenate(least), numpy.concatenate(most))


def passed(model: Model, sites: int) -> highspy.Highs:
    """The model in HiGHS; only sites have to be whole, for then all else is at its best."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = model.rows.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = model.cost, numpy.zeros(len(model.cost)), model.upper
    program.row_lower_, program.row_upper_ = model.least, model.most
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = model.rows.indptr, model.rows.indices
    program.a_matrix_.value_ = model.rows.data
    kinds = [highspy.HighsVarType.kContinuous] * len(model.cost)
    kinds[:sites] = [highspy.HighsVarType.kInteger] * sites
    program.integrality_ = kinds
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(program)
    return solver


asked = placement.task(__doc__, ("highs",))
site_count = asked.costs.site_count
solver, build_seconds = figures.timed(
    lambda: passed((covering if asked.goal in ("cover", "all") else assigning)(asked), site_count)
)
_, solve_seconds = figures.timed(solver.run)
status = solver.getModelStatus()
if status != highspy.HighsModelStatus.kOptimal:
    raise SystemExit(f"highs_site.py: {solver.modelStatusToString(status)}")
chosen = solver.getSolution().col_value[:site_count]
value = solver.getInfo().objective_function_value * (-1 if asked.goal == "cover" else 1)
placement.show(asked, value, [site for site, share in enumerate(chosen) if share > 0.5], build_seconds, solve_seconds)
