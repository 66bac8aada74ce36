/// What the package managers of Linux distributions record.
@NullMarked
package dev.interdict.agent.sources.linux;

import org.jspecify.annotations.NullMarked;
