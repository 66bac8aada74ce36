/// Taking banned software away so that nothing is lost: plans, the guard, the journal, the order of
/// acts.
///
/// Comes in: a plan for one item that is due. Goes out: outcomes as values, and the list of what is
/// held in quarantine. It touches the machine only through [dev.interdict.agent.enforce.Hands],
/// never acts on what the protected list names, and on any doubt leaves things as they are and says
/// so.
@NullMarked
package dev.interdict.agent.enforce;

import org.jspecify.annotations.NullMarked;
