/// The console's frame: what every page shares.
///
/// In: a signed-in person's request for a page. Out: a whole HTML document in that person's
/// language with a strict content security policy, or a content-hashed asset.
///
/// Must never: write to the store, put data into HTML other than through an escaping template or
/// [dev.interdict.server.web.chart.Svg], or load anything from another host.
@NullMarked
package dev.interdict.server.web;

import org.jspecify.annotations.NullMarked;
