/// How the agent's processes talk over a pipe or the guard's socket: bounded messages, each with
/// its length before it.
///
/// Bytes in, bytes out; to the guard, a question in and its answer out. It holds no knowledge of
/// any message beyond that and trusts no length.
@NullMarked
package dev.interdict.agent.pipe;

import org.jspecify.annotations.NullMarked;
