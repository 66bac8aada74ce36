/// Where the agent keeps what it must not lose, and who this device is.
///
/// Files are written beside their place and renamed, so that each is whole or absent. Decides
/// nothing.
@NullMarked
package dev.interdict.agent.state;

import org.jspecify.annotations.NullMarked;
