/// What is different between two texts, word by word.
@NullMarked
package dev.interdict.server.web.diff;

import org.jspecify.annotations.NullMarked;
