package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.scope.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a ban by the forms of the console alone.
class PublishingIT {
  private static final String DRAFT = "/drafts/1";
  private static final String RULE = "/rules/claude-code";

  @TempDir Path folder;
  private PublishingOffice office;

  @BeforeEach
  void open() {
    office = new PublishingOffice(folder);
  }

  @AfterEach
  void close() {
    office.close();
  }

  private static void done(HttpResponse<String> answer, String leadsTo) {
    assertEquals(303, answer.statusCode(), answer.body());
    assertEquals(leadsTo, answer.headers().firstValue("Location").orElseThrow());
  }

  private static void says(HttpResponse<String> answer, int status, String words) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(words), answer.body());
  }

  private String page(String path) {
    var answer = office.console.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  private void begun() {
    office.as("anna");
    done(office.send("/drafts/new", "createDraft", "catalogue", "claude-code"), DRAFT);
    var page = page(DRAFT);
    assertTrue(
        page.contains("What employees would read") && page.contains("公司电脑不再允许使用"),
        "whoever reviews it sees the notices in both languages");
  }

  /// Drafts, observes, previews and submits as anna.
  private void submitted() {
    begun();
    done(office.send(DRAFT, "observeDraft"), DRAFT);
    office.report("claude-code", 1);
    done(office.send(DRAFT, "previewDraft"), DRAFT);
    done(office.send(DRAFT, "submitDraft", "note", "As decided on Monday"), DRAFT);
  }

  private void published() {
    submitted();
    office.as("bo");
    done(office.send(DRAFT, "approveDraft", "samples-seen", "true"), DRAFT);
    office.as("anna");
    done(office.send(DRAFT, "publishDraft", "_confirm", "Claude Code"), DRAFT);
    office.report("claude-code", 2);
  }

  @Test
  void a_ban_goes_its_whole_way_by_forms() {
    begun();
    assertTrue(page(DRAFT).contains("Preview whom it would hit"));
    done(office.send(DRAFT, "previewDraft"), DRAFT);
    var blind = page(DRAFT);
    assertTrue(blind.contains("Let them look first"), blind);
    assertFalse(blind.contains("/do/submitDraft"));
    done(office.send(DRAFT, "observeDraft"), DRAFT);
    office.report("claude-code", 1);
    done(office.send(DRAFT, "previewDraft"), DRAFT);
    var previewed = page(DRAFT);
    assertTrue(previewed.contains("Ask somebody else to review it."), previewed);
    assertTrue(previewed.contains("~/.npm-global/lib/node_modules/@anthropic-ai/claude-code"));
    assertTrue(previewed.contains("1 workstation of critical groups matches"), previewed);
    done(office.send(DRAFT, "submitDraft", "note", "As decided on Monday"), DRAFT);
    office.as("bo");
    var review = page(DRAFT);
    assertTrue(review.contains("As decided on Monday"));
    assertTrue(review.contains("I looked at the sample matches"));
    done(office.send(DRAFT, "approveDraft", "samples-seen", "true"), DRAFT);
    office.as("anna");
    assertTrue(page(DRAFT).contains("Both are the same."));
    done(office.send(DRAFT, "publishDraft", "_confirm", "Claude Code"), DRAFT);
    office.report("claude-code", 2);

    var rule = page(RULE);
    assertTrue(rule.contains("Verified by 13 of 13"), rule);
    assertTrue(rule.contains("<dd>bo</dd>"), rule);
    done(office.send(RULE, "pause", "reason", "A build broke"), RULE);
    assertTrue(page(RULE).contains("A build broke"));
    office.fleet.clock.move(Duration.ofMinutes(9));
    office.as("bo");
    done(office.send(RULE, "proposeResume", "note", "The build is mended"), RULE);
    assertFalse(page(RULE).contains("/do/agreeProposal"));
    office.as("chen");
    assertTrue(page("/proposals").contains("The build is mended"));
    done(office.send("/proposals", "agreeProposal"), "/proposals");
    office.as("bo");
    done(office.send(RULE, "resume"), RULE);
    assertFalse(page(RULE).contains("held-title"));
    assertEquals(
        List.of("policy.paused", "policy.resumed"),
        office.fleet.database.read(handle ->
            handle
                .createQuery(
                    "select kind from event where kind in ('policy.paused', 'policy.resumed') order"
                        + " by 1")
                .mapTo(String.class)
                .list()),
        "other systems are told of both");

    done(
        office.send(
            RULE, "withdrawRule", "_confirm", "Claude Code", "reason", "Allowed by the board"),
        RULE);
    var gone = page(RULE);
    assertTrue(gone.contains("Withdrawn"), gone);
    done(office.send(RULE, "createDraft"), "/drafts/2");
    assertTrue(page("/drafts/2").contains("a new ban"));
  }

  @Test
  void what_waits_for_a_second_person_is_one_link_away() {
    published();
    done(office.send("/drafts/new", "createDraft", "rule", "claude-code"), "/drafts/2");
    done(office.send("/drafts/new", "createDraft", "catalogue", "claude-desktop"), "/drafts/3");
    done(office.send("/drafts/3", "observeDraft"), "/drafts/3");
    office.report("claude-desktop", 3);
    done(office.send("/drafts/3", "previewDraft"), "/drafts/3");
    done(office.send("/drafts/3", "submitDraft", "note", "As decided"), "/drafts/3");
    office.as("bo");
    assertTrue(page("/").contains("href=\"/drafts?state=in-review\""), page("/"));
    var list = page("/drafts?state=in-review");
    assertTrue(list.contains("href=\"/drafts/3\"") && !list.contains("href=\"/drafts/2\""), list);
  }

  @Test
  void nobody_agrees_to_what_they_wrote_and_the_page_says_so() {
    submitted();
    assertFalse(page(DRAFT).contains("/do/approveDraft"));
    office.as("bo");
    var form = page(DRAFT);
    office
        .console
        .parts
        .accounts()
        .grant("tester", "anna", Set.of(Role.APPROVER), Scope.WHOLE, ConsoleServer.PASSWORD);
    office.as("anna");
    assertTrue(page(DRAFT).contains("somebody else reviews it"));
    var own =
        office.sendFrom(
            form, "approveDraft", "csrf", office.console.csrf(), "samples-seen", "true");
    says(own, 422, "This is not done");
    assertTrue(page(DRAFT).contains("Waits for a second person"));
  }

  @Test
  void who_has_not_looked_at_the_matches_of_a_critical_group_is_told_to() {
    submitted();
    office.as("bo");
    says(office.send(DRAFT, "approveDraft"), 422, "look at the sample matches");
    says(office.send(DRAFT, "rejectDraft"), 422, "comment");
    done(office.send(DRAFT, "rejectDraft", "comment", "Name the contact"), DRAFT);
    assertTrue(page(DRAFT).contains("Name the contact"));
  }

  @Test
  void who_was_slower_sees_what_is_different_and_loses_nothing() {
    begun();
    var open = page(DRAFT);
    var theirs = office.send(DRAFT, "editDraft", "content", "id: claude-code\nname: Theirs\n");
    done(theirs, DRAFT);
    var mine = office.sendFrom(open, "editDraft", "content", "id: claude-code\r\nname: <Mine>\r\n");
    says(mine, 412, "Somebody changed it since");
    assertTrue(mine.body().contains("<del>Theirs</del>"), mine.body());
    assertTrue(mine.body().contains("<ins>Mine</ins>"), mine.body());
    assertTrue(mine.body().contains("name: &lt;Mine&gt;"), mine.body());
    assertTrue(page(DRAFT).contains("name: Theirs"));
  }

  @Test
  void an_old_proof_is_asked_for_again_and_the_form_goes_on() {
    submitted();
    office.as("bo");
    done(office.send(DRAFT, "approveDraft", "samples-seen", "true"), DRAFT);
    office.as("anna");
    var form = page(DRAFT);
    office.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    var asked = office.sendFrom(form, "publishDraft", "_confirm", "Claude Code");
    says(asked, 200, "Is it you?");
    assertTrue(page(DRAFT).contains("/do/publishDraft"), "nothing is published yet");
    var proved = office.sendFrom(asked.body(), "publishDraft", "_proof", ConsoleServer.PASSWORD);
    done(proved, DRAFT);
  }

  @Test
  void publishing_and_withdrawing_ask_for_the_name_of_the_rule() {
    published();
    says(
        office.send(RULE, "withdrawRule", "_confirm", "claude", "reason", "x"),
        422,
        "Nothing was done");
    assertTrue(page(RULE).contains("Verified by"));
  }

  @Test
  void the_text_is_mended_by_its_lint_before_anything_else() {
    begun();
    done(office.send(DRAFT, "editDraft", "content", "id: claude-code\nname: X\n"), DRAFT);
    var page = page(DRAFT);
    assertTrue(page.contains("Lint finds errors"), page);
    assertTrue(page.contains("R003"));
    assertFalse(page.contains("/do/submitDraft"));
    assertFalse(page.contains("/do/publishDraft"));
  }

  @Test
  void whoever_only_reads_is_offered_nothing() {
    submitted();
    office.as("gao");
    for (var path : new String[] {DRAFT, "/drafts", "/drafts/new", "/proposals", RULE}) {
      assertFalse(page(path).contains("action=\"/do/"), path);
    }
    assertTrue(page("/drafts/new").contains("Only authors and approvers"));
  }

  @Test
  void versions_are_compared_word_by_word_and_by_what_they_do() {
    published();
    done(office.send(RULE, "createDraft"), "/drafts/2");
    var content =
        page("/drafts/2").contains("enforcement: remove") ? "enforcement: remove" : "missing";
    assertEquals("enforcement: remove", content);
    var text = office.console.get("/drafts/2").body();
    var start = text.indexOf("name=\"content\"");
    var body =
        text.substring(text.indexOf('>', start) + 1, text.indexOf("</textarea>", start))
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace("&#39;", "'")
            .replace("&#34;", "\"");
    done(
        office.send(
            "/drafts/2",
            "editDraft",
            "content",
            body.replace("enforcement: remove", "enforcement: block")),
        "/drafts/2");
    var draft = page("/drafts/2");
    assertTrue(draft.contains("<del>remove</del>"), draft);
    assertTrue(draft.contains("one person publishes it without a review"), draft);
    done(office.send("/drafts/2", "publishDraft", "_confirm", "Claude Code"), "/drafts/2");
    var diff = page(RULE + "/diff?from=2&to=3");
    assertTrue(diff.contains("<ins>block</ins>"), diff);
    assertTrue(diff.contains("<code>enforcement</code>"), diff);
    assertTrue(page(RULE + "/versions/2").contains("enforcement: remove"));
    assertEquals(404, office.console.get(RULE + "/versions/9").statusCode());
    assertEquals(404, office.console.get(RULE + "/diff?from=9&to=3").statusCode());
  }

  @Test
  void each_part_of_a_rule_has_an_address() {
    published();
    for (var tab :
        new String[] {
          "overview", "detection", "schedule", "notices", "devices", "exemptions", "history"
        }) {
      var page = page(RULE + "?tab=" + tab);
      assertTrue(page.contains("aria-current=\"page\">"), tab);
      var chinese = page(RULE + "?lang=zh-CN&tab=" + tab);
      assertTrue(chinese.contains("lang=\"zh-CN\""), tab);
    }
    assertEquals(400, office.console.get(RULE + "?tab=nothing").statusCode());
  }
}
