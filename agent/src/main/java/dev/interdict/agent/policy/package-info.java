/// The policy this device trusts: the signed documents as verified last, and how fresh they are.
///
/// Comes in: staged files and trusted time. Goes out: one immutable policy, pinned for a cycle. A
/// file that does not verify changes nothing but the problems that are reported.
@NullMarked
package dev.interdict.agent.policy;

import org.jspecify.annotations.NullMarked;
