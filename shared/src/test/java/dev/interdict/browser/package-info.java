/// A real browser for tests. Comes in: addresses, scripts and a person's surroundings. Goes out:
/// what the page says, a picture of it, and whatever the browser complains about.
@NullMarked
package dev.interdict.browser;

import org.jspecify.annotations.NullMarked;
