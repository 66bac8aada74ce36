/// Programs without a record of any package manager.
@NullMarked
package dev.interdict.agent.sources.programs;

import org.jspecify.annotations.NullMarked;
