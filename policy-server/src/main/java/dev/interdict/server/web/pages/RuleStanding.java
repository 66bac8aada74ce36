package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Page.Ask;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.RuleView.Control;
import dev.interdict.server.web.pages.RuleView.History;
import dev.interdict.server.web.pages.RuleView.Policy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a rule came to be in force and whether it is held, as far as whoever asks may know. For one
/// request.
final class RuleStanding {
  private static final String EVERY = "1000";

  private final Fleet fleet;
  private final Rule rule;
  private final Asking api;
  private final Words words;
  private final List<Row> versions;
  private final List<Row> drafts;
  private final Row draft;

  RuleStanding(Fleet fleet, Rule rule, Ask ask) {
    this.fleet = fleet;
    this.rule = rule;
    this.api = ask.api();
    this.words = ask.words();
    this.versions = RuleVersions.of(api, rule.id().value());
    this.drafts =
        api.may("listDrafts")
            ? api
                .read("listDrafts", Map.of("closed", List.of("true"), "size", List.of(EVERY)))
                .rows("drafts")
                .stream()
                .filter(each -> each.text("rule").equals(rule.id().value()))
                .toList()
            : List.of();
    this.draft = published();
  }

  /// The draft that the version in force came from, whole; without members where there was none.
  private Row published() {
    return drafts.stream()
        .filter(
            each -> each.text("state").equals("published") && each.text("serial").equals(serial()))
        .findFirst()
        .map(each -> api.read("getDraft", "draft", each.text("draft")))
        .orElse(Row.NONE);
  }

  /// The serial since which the rule reads as it does; empty where this server did not publish it.
  private String serial() {
    return versions.isEmpty() ? "" : versions.getFirst().text("serial");
  }

  Policy policy() {
    var blocklist = fleet.published().get();
    var assessment = rule.tool().assessment();
    var list =
        serial().isEmpty()
            ? Row.NONE
            : api.read("listPolicies", "size", "5").rows("policies").stream()
                .filter(each -> each.has("shown"))
                .findFirst()
                .orElse(Row.NONE);
    return new Policy(
        blocklist.serial(),
        blocklist.issuer(),
        assessment == null ? null : assessment.summary(),
        rule.maxItemsPerDevice(),
        list.text("sha256"),
        signers(),
        looked(),
        fleet.deviceCount(),
        versions.isEmpty() ? "" : versions.getFirst().text("actor"),
        draft.has("approved-until") ? draft.row("decided").text("by") : "");
  }

  private @Nullable Long looked() {
    return serial().isEmpty()
        ? null
        : fleet.compliance().reaching().readSince(versions.getFirst().number("serial"));
  }

  private Row signers() {
    if (!api.may("listKeys")) {
      return Row.NONE;
    }
    try {
      return api.read("listKeys", Map.of()).rows("roles").stream()
          .filter(role -> role.text("role").equals("blocklist"))
          .findFirst()
          .orElse(Row.NONE);
    } catch (RefusedException e) {
      // The repository does not verify, or there is none yet: the card says less.
      return Row.NONE;
    }
  }

  Control control() {
    var id = rule.id().value();
    var hold = api.may("getHold") ? hold() : Row.NONE;
    var held = hold.flag("all") || hold.texts("rules").contains(id);
    var trip =
        api.may("listTrips")
            ? api.read("listTrips", "size", "50").rows("trips").stream()
                .filter(each -> each.text("rule").equals(id) && !each.has("resumed"))
                .findFirst()
                .orElse(Row.NONE)
            : Row.NONE;
    return new Control(
        held,
        hold.flag("all"),
        held ? hold.text("reason") : "",
        trip,
        held ? proposals() : List.of());
  }

  private Row hold() {
    try {
      return api.read("getHold", Map.of());
    } catch (RefusedException e) {
      return Row.NONE;
    }
  }

  private List<Row> proposals() {
    return !api.may("listProposals")
        ? List.of()
        : api.read("listProposals", "size", "50").rows("proposals").stream()
            .filter(each ->
                each.text("kind").equals("resume")
                    && List.of("open", "agreed").contains(each.text("state")))
            .toList();
  }

  History history() {
    return new History(versions, drafts.stream().filter(each -> !each.has("closed")).toList());
  }

  /// @param policy as it is shown beside it
  List<Milestone> way(Policy policy) {
    var timeline = rule.timeline();
    var effective = timeline.effectiveAt(timeline.zone());
    var preview = draft.row("preview");
    var decided = draft.row("decided");
    var agreed = draft.has("approved-until");
    var shown = versions.isEmpty() ? null : versions.getFirst().instant("shown");
    var passed = draft.has("draft") ? "" : words.text("way.unknown");
    var alone = draft.has("draft") && !agreed ? words.text("way.not-needed") : passed;
    var key = policy.key();
    return Milestone.marked(
        List.of(
            Milestone.done(
                "draft",
                draft.has("draft") ? draft.text("author") : passed,
                draft.row("created").instant("at")),
            Milestone.done(
                "previewed",
                preview.has("preview")
                    ? words.text("way.previewed.devices", preview.row("impact").number("matched"))
                    : alone,
                preview.instant("taken")),
            Milestone.done(
                "approved",
                agreed ? decided.text("by") : alone,
                agreed ? decided.instant("at") : null),
            Milestone.done("signed", key.isEmpty() ? passed : words.text("way.key", key), shown),
            Milestone.done("published", words.text("way.serial", inForce()), shown),
            new Milestone(
                "enforced", !effective.isAfter(fleet.time().instant()), "", effective, false)));
  }

  private long inForce() {
    return versions.isEmpty()
        ? fleet.published().get().serial()
        : versions.getFirst().number("serial");
  }
}
