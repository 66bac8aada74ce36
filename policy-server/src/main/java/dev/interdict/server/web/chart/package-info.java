/// Charts drawn on the server as SVG.
///
/// In: counts over time, shares. Out: SVG whose colours come from the style sheet by class, so that
/// one drawing serves both themes and no inline style is needed.
///
/// Must never: put a text into the drawing unescaped, or draw a point that was not measured unless
/// it is marked as a forecast.
@NullMarked
package dev.interdict.server.web.chart;

import org.jspecify.annotations.NullMarked;
