/// The agent as a service of a system that has no units and timers to run it by: it joins its
/// policy server by what the installation said, and then is the guard.
@NullMarked
package dev.interdict.agent.service;

import org.jspecify.annotations.NullMarked;
