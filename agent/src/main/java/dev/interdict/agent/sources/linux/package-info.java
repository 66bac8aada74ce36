/// What the package managers of Linux distributions record, and programs and menu entries beside
/// them.
@NullMarked
package dev.interdict.agent.sources.linux;

import org.jspecify.annotations.NullMarked;
