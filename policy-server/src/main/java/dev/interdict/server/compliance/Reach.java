package dev.interdict.server.compliance;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the server knows of whom a rule concerns. Only devices match, so it knows what they
/// reported and nothing else.
///
/// @param matched enrolled devices that have the software, as each last reported, silent and exempt
///   ones among them; empty where no device can have looked yet, which is not zero
/// @param looked enrolled devices whose last report says whether they have it; the others may have
///   it as well
/// @param exempt enrolled devices with an exemption from the rule that has not ended
/// @param unreadable enrolled devices that skip the rule because their agent is too old for it
/// @param enrolled all devices there are
/// @param asOf when the newest report of any device came in; null before the first
public record Reach(
    OptionalLong matched,
    long looked,
    long exempt,
    OldAgents unreadable,
    long enrolled,
    @Nullable Instant asOf) {}
