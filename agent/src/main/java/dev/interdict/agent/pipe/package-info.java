/// How the agent's processes talk over a pipe: bounded messages, each with its length before it.
///
/// Bytes in, bytes out. It holds no knowledge of any message and trusts no length.
@NullMarked
package dev.interdict.agent.pipe;

import org.jspecify.annotations.NullMarked;
