package dev.interdict.server.web.pages;

import dev.interdict.policy.RuleId;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.exemptions.Request;
import dev.interdict.server.review.StoredDraft;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What lies on other people's desks, to be looked at. Shown to those alone who see the whole
/// fleet.
///
/// @param requests for exemptions from published rules that nobody answered yet, oldest first
/// @param drafts that are neither published nor given up
/// @param afterwards what came after a rule's date
public record Desks(
    Function<Collection<RuleId>, List<Request>> requests,
    Supplier<List<StoredDraft>> drafts,
    Afterwards afterwards) {}
