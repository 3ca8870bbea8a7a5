"""DuckDB as a third judge: features, and the vertices of the first rings, of a GeoJSON file.

count_features.py FILE; a FeatureCollection has one feature a line, as every
writer here does.
"""

import json
import sys

import duckdb

row = duckdb.execute(
    """
    select count(*), sum(json_array_length(feature, '$.geometry.coordinates[0]'))
    from (select json(rtrim(trim(line), ',')) as feature
          from read_csv(?, columns = {'line': 'varchar'}, delim = '\x01', quote = '', escape = '',
                        header = false, max_line_size = 16777216)
          where starts_with(trim(line), '{') and contains(line, '"geometry"') and contains(line, '"Feature"'))
    """,
    [sys.argv[1]],
).fetchone()
print(json.dumps({"features": row[0], "vertices": int(row[1])}))
