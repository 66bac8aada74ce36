/// The server as an image, a chart, and behind a front of nginx: what is shipped, tried as it
/// stands.
@NullMarked
package dev.interdict.cloud;

import org.jspecify.annotations.NullMarked;
