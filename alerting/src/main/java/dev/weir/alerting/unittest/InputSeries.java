package dev.weir.alerting.unittest;

import dev.weir.series.Series;

/** A series that a test gives to the rules. */
record InputSeries(Series series, SeriesValues values) {}
