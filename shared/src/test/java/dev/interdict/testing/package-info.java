/// What all modules' test runs share.
@NullMarked
package dev.interdict.testing;

import org.jspecify.annotations.NullMarked;
