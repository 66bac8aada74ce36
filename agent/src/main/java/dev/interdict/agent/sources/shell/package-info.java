/// What shells and sessions read when they start: the variables they set and the commands they give
/// another name.
@NullMarked
package dev.interdict.agent.sources.shell;

import org.jspecify.annotations.NullMarked;
