/// Software of Windows: the registry as a seam with hive files behind it, and the package managers.
@NullMarked
package dev.interdict.agent.sources.windows;

import org.jspecify.annotations.NullMarked;
