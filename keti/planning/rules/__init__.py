"""Pure rules: a charter filled in and moved in time, a plan compared, classed, applied, worded."""
