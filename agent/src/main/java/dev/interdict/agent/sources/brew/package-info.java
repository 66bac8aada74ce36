/// What Homebrew has installed, on macOS and Linux.
@NullMarked
package dev.interdict.agent.sources.brew;

import org.jspecify.annotations.NullMarked;
