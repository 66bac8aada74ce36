/// What the package managers of Python record, and those of conda, whose environments hold Python's
/// packages among others.
@NullMarked
package dev.interdict.agent.sources.python;

import org.jspecify.annotations.NullMarked;
