-- pgRouting: bounded searches and the nearest station of every node, in one session.
-- The clock runs inside the server, so no round trip is counted.
-- Variables: folder (of the neutral graph), limit (ticks), reach (metres no search leaves), runs.
-- pgr_drivingDistance reads every edge of its query anew: it is given those in a box round
-- the place, which is its fastest way, and once all of them.
\set QUIET on
\set nodes :folder /nodes.csv
\set edges :folder /edges.csv
\set places :folder /places.csv
\set stations :folder /stations.csv
set client_min_messages = warning;
create extension if not exists pgrouting;
drop table if exists walk_node, walk_edge;
create temporary table task (name text, milliseconds float8, nodes bigint, ticks float8);
create temporary table given (tail bigint, head bigint, forward int, backward int);
create temporary table place (number serial, node bigint, lon float8, lat float8);
create temporary table station (node bigint, lon float8, lat float8);
create table walk_node (id bigint generated always as identity (start 0 minvalue 0) primary key, lon float8, lat float8);
create function pg_temp.peak_bytes() returns bigint language sql as $$
    select (regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\s+(\d+)'))[1]::bigint * 1024
$$;
select extract(epoch from clock_timestamp()) as begun \gset
\set load '\\copy walk_node (lon, lat) from ' :'nodes' ' with (format csv, header)'
:load
\set load '\\copy given from ' :'edges' ' with (format csv, header)'
:load
create table walk_edge as
select row_number() over () as id, tail as source, head as target,
    coalesce(forward, -1)::float8 as cost, coalesce(backward, -1)::float8 as reverse_cost,
    st_setsrid(st_makeline(st_makepoint(a.lon, a.lat), st_makepoint(b.lon, b.lat)), 4326) as geom
from given join walk_node a on a.id = tail join walk_node b on b.id = head;
create index on walk_edge using gist (geom);
vacuum analyze walk_edge;
select extract(epoch from clock_timestamp()) - :begun as seconds, pg_temp.peak_bytes() as bytes \gset built_
\set load '\\copy place (node, lon, lat) from ' :'places' ' with (format csv, header)'
:load
\set load '\\copy station from ' :'stations' ' with (format csv, header)'
:load

create function pg_temp.note(name text, question text) returns void language plpgsql as $$
declare
    begun timestamptz := clock_timestamp();
    nodes bigint;
    ticks float8;
begin
    execute question into nodes, ticks;
    insert into task values (name, extract(epoch from clock_timestamp() - begun) * 1000, nodes, ticks);
end $$;

create function pg_temp.question(edges text, starts bigint[], bound float8) returns text language sql as $$
    select format('select count(*), sum(agg_cost) from pgr_drivingDistance(%L, %L::bigint[], %s, true, true)',
        edges, starts, bound)
$$;

create function pg_temp.box(lon float8, lat float8, meters float8) returns text language sql as $$
    select format('select id, source, target, cost, reverse_cost from walk_edge where geom && st_makeenvelope(%s,%s,%s,%s,4326)',
        lon - meters / (111320 * cos(radians(lat))), lat - meters / 110570,
        lon + meters / (111320 * cos(radians(lat))), lat + meters / 110570)
$$;

select pg_temp.note('search', pg_temp.question(pg_temp.box(lon, lat, :reach), array[node], :limit))
from place order by number \g /dev/null
select pg_temp.note('whole', pg_temp.question('select id, source, target, cost, reverse_cost from walk_edge',
    array[node], :limit))
from place order by number limit 3 \g /dev/null
select pg_temp.note('nearest', pg_temp.question(
    'select id, source, target, reverse_cost as cost, cost as reverse_cost from walk_edge',
    (select array_agg(node) from station), 1e12))
from generate_series(1, :runs) \g /dev/null

select json_build_object(
    'buildSeconds', :built_seconds::float8,
    'buildPeakBytes', :built_bytes,
    'searchMedianMilliseconds', (select percentile_cont(0.5) within group (order by milliseconds) from task where name = 'search'),
    'searchP99Milliseconds', (select percentile_disc(0.99) within group (order by milliseconds) from task where name = 'search'),
    'searchWholeGraphMilliseconds', (select percentile_cont(0.5) within group (order by milliseconds) from task where name = 'whole'),
    'searchNodes', (select sum(nodes) from task where name = 'search'),
    'searchTicks', (select sum(ticks)::bigint from task where name = 'search'),
    'nearestMilliseconds', (select percentile_cont(0.5) within group (order by milliseconds) from task where name = 'nearest'),
    'nearestNodes', (select max(nodes) from task where name = 'nearest'),
    'nearestTicks', (select max(ticks)::bigint from task where name = 'nearest'),
    'peakBytes', pg_temp.peak_bytes());
drop table walk_node, walk_edge;
