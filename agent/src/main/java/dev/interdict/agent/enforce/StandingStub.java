package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.RuleId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stub that was in its place, byte for byte, when it was looked at.
///
/// @param id of what was taken from that place
/// @param file which file it is
/// @param until when it is taken away at the latest
public record StandingStub(
    HeldId id, RuleId rule, @Nullable Home owner, BytePath path, FileId file, Instant until) {}
