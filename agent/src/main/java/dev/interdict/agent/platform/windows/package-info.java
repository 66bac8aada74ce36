/// What a running Windows is asked by native calls: its registry.
@NullMarked
package dev.interdict.agent.platform.windows;

import org.jspecify.annotations.NullMarked;
