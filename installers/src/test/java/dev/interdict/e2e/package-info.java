/// The main job from end to end: the real programs of the distribution, real HTTP, real files.
@NullMarked
package dev.interdict.e2e;

import org.jspecify.annotations.NullMarked;
