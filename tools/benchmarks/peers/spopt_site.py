"""spopt: where stations go, by its models LSCP, MCLP, PMedian and PCenter, solved by pulp's CBC or by HiGHS.

spopt_site.py SOURCE --goal GOAL [-k N] [--radius R] [--solver cbc|highs]; prints the proved answer as JSON.

spopt wants all costs as one dense matrix. It is asked for no lists of who is
served from where, which its `results` would add, and for a proof without gap.
"""

import pulp
from spopt.locate import LSCP, MCLP, PCenter, PMedian

import figures
import placement

asked = placement.task(__doc__, ("cbc", "highs"))
solver = pulp.PULP_CBC_CMD(msg=False) if asked.solver == "cbc" else pulp.HiGHS(msg=False, gapRel=0)


def model():
    """The model of the goal, built."""
    # What is beyond the radius has no entry, so any greater cost stands for it.
    matrix = asked.costs.matrix(absent=1e9)
    match asked.goal:
        case "cover":
            return MCLP.from_cost_matrix(matrix, asked.costs.weights, asked.radius, p_facilities=asked.stations)
        case "all":
            return LSCP.from_cost_matrix(matrix, asked.radius)
        case "median":
            return PMedian.from_cost_matrix(matrix, asked.costs.weights, p_facilities=asked.stations)
        case "center":
            return PCenter.from_cost_matrix(matrix, p_facilities=asked.stations)


built, build_seconds = figures.timed(model)
solved, solve_seconds = figures.timed(lambda: built.solve(solver, results=False))
sites = [site for site, variable in enumerate(solved.fac_vars) if variable.value() > 0.5]
placement.show(asked, solved.problem.objective.value(), sites, build_seconds, solve_seconds)
