package dev.interdict.server.web.chart;

import java.time.Instant;

/// How many devices had the software at an instant.
public record Point(Instant at, long count) {}
