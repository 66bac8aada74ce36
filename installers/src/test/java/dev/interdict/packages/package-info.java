/// The packages that are not for Linux, as far as Linux can look at them.
@NullMarked
package dev.interdict.packages;

import org.jspecify.annotations.NullMarked;
