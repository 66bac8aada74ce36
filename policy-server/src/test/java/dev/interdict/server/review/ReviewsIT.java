package dev.interdict.server.review;

import static dev.interdict.server.review.Bureau.ANNA;
import static dev.interdict.server.review.Bureau.BO;
import static dev.interdict.server.review.Bureau.CHEN;
import static dev.interdict.server.review.Bureau.GAO;
import static dev.interdict.server.review.Bureau.RULE;
import static dev.interdict.server.review.Bureau.done;
import static dev.interdict.server.review.Bureau.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.RuleState;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.review.DraftOutcome.NotDone;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T85: four eyes, as the server sees to them.
class ReviewsIT {
  @TempDir Path temp;
  private Bureau on;

  @BeforeEach
  void open() throws Exception {
    on = new Bureau(temp);
  }

  @AfterEach
  void close() {
    on.close();
  }

  private String publication(StoredDraft draft) {
    return assertInstanceOf(Refused.class, on.publish(on.now(draft))).reason();
  }

  private List<String> actions() {
    return on.audit.newest(Long.MAX_VALUE, 100).stream().map(AuditEntry::action).toList();
  }

  @Test
  void two_people_bring_a_ban_to_the_list() {
    var draft = on.approved(RULE);
    assertEquals(DraftState.APPROVED, draft.state());
    assertInstanceOf(Done.class, on.publish(draft));
    assertEquals("remove", on.enforcement("some-tool"));
    assertEquals(DraftState.PUBLISHED, on.now(draft).state());
    assertTrue(
        actions()
            .containsAll(
                List.of(
                    "draft.create",
                    "draft.preview",
                    "draft.submit",
                    "draft.approve",
                    "draft.publish")),
        actions()::toString);
  }

  @Test
  void nobody_approves_their_own_draft() {
    var author = new Person("anna", BO.roles());
    var draft = on.submitted(RULE);
    assertTrue(
        refused(on.reviews.approve(author, draft, on.sha256(draft), true, null))
            .contains("wrote or submitted"));
    assertTrue(refused(on.reviews.reject(author, draft, "x")).contains("wrote or submitted"));
    var why = publication(draft);
    assertTrue(why.endsWith("nobody else has agreed to it: interdict draft approve 1"), why);
  }

  @Test
  void who_wrote_any_text_of_a_draft_does_not_approve_it() {
    var draft = on.draft(RULE);
    draft = done(on.drafts.edit(BO, draft, RULE + "# mine\n"));
    draft = done(on.drafts.edit(ANNA, draft, RULE + "# anna's again\n"));
    on.observe(draft);
    on.preview(draft);
    draft = done(on.reviews.submit(ANNA, draft, null));
    assertTrue(
        refused(on.reviews.approve(BO, draft, on.sha256(draft), true, null)).contains("wrote"));
    done(on.reviews.approve(CHEN, draft, on.sha256(draft), true, null));
  }

  @Test
  void who_submitted_a_draft_does_not_approve_it() {
    var draft = on.draft(RULE);
    on.observe(draft);
    on.preview(draft);
    draft = done(on.reviews.submit(BO, draft, null));
    assertTrue(
        refused(on.reviews.approve(BO, draft, on.sha256(draft), true, null)).contains("submitted"));
  }

  @Test
  void an_edit_after_the_approval_voids_it() {
    var draft = on.approved(RULE);
    var edited = done(on.drafts.edit(ANNA, draft, RULE.replace("PT24H", "PT8H")));
    assertEquals(DraftState.OPEN, edited.state());
    assertNull(edited.review());
    var why = publication(edited);
    assertTrue(why.endsWith("nobody else has agreed to it: interdict draft submit 1"), why);
    assertTrue(actions().contains("draft.edit-voids-review"));
  }

  @Test
  void an_edit_in_the_middle_of_the_publication_does_not_slip_in() {
    var approved = on.approved(RULE);
    done(on.drafts.edit(ANNA, approved, RULE.replace("PT24H", "PT8H")));
    // Whoever publishes has read the draft before the edit, and reads the text after it.
    var outcome = on.publish(approved);
    assertInstanceOf(Done.class, outcome);
    assertTrue(String.valueOf(on.inForce("some-tool")).contains("PT24H"));
  }

  @Test
  void an_approval_names_the_text_that_was_read() {
    var draft = on.submitted(RULE);
    var seen = on.sha256(draft);
    var edited = done(on.drafts.edit(ANNA, draft, RULE.replace("PT24H", "PT8H")));
    on.preview(edited);
    var again = done(on.reviews.submit(ANNA, edited, null));
    // The digits of the former text, and what was seen of the draft before.
    assertTrue(refused(on.reviews.approve(BO, again, seen, true, null)).contains("does not begin"));
    assertTrue(
        refused(on.reviews.approve(BO, draft, on.sha256(again), true, null)).contains("changed"));
    assertTrue(refused(on.reviews.approve(BO, again, "", true, null)).contains("12 digits"));
    assertEquals(DraftState.IN_REVIEW, on.now(again).state());
  }

  @Test
  void an_approval_ends_after_72_hours() {
    var draft = on.approved(RULE);
    on.clock.move(Reviews.APPROVAL_HOLDS);
    assertTrue(publication(draft).contains("ended at"), publication(draft));
    // Submitted once more, it is to be approved once more.
    var again = done(on.reviews.submit(ANNA, on.now(draft), null));
    done(on.reviews.approve(BO, again, on.sha256(again), true, null));
    assertInstanceOf(Done.class, on.publish(on.now(draft)));
  }

  @Test
  void a_list_made_for_signers_prolongs_an_approval_once_and_only_while_it_holds() {
    var draft = on.approved(RULE);
    draft = done(on.releases.handedOut(ANNA, draft));
    on.clock.move(Reviews.APPROVAL_HOLDS);
    // For whoever signed it elsewhere alone, and not for a publication by the server's own key.
    assertTrue(publication(draft).contains("ended at"), publication(draft));
    assertNull(on.reviews.lapseSigned(on.now(draft), on.clock.instant()));
    on.clock.move(Reviews.SIGNING_TAKES.minus(Reviews.APPROVAL_HOLDS).minusHours(1));
    draft = done(on.releases.handedOut(ANNA, draft));
    on.clock.move(Duration.ofHours(1));
    assertNotNull(on.reviews.lapseSigned(on.now(draft), on.clock.instant()));
    draft = done(on.releases.handedOut(ANNA, draft));
    assertTrue(publication(draft).contains("ended at"), publication(draft));
  }

  @Test
  void a_list_made_for_signers_does_not_bring_back_an_approval_that_ended() {
    var draft = on.approved(RULE);
    on.clock.move(Reviews.APPROVAL_HOLDS);
    draft = done(on.releases.handedOut(ANNA, draft));
    assertTrue(publication(draft).contains("ended at"), publication(draft));
  }

  @Test
  void a_draft_that_was_handed_out_before_its_review_ended_counts_as_not_handed_out() {
    var draft = on.submitted(RULE);
    var observed = on.publications.newest().orElseThrow().serial();
    // For a while it makes agents do no more than the rule in force.
    assertInstanceOf(Done.class, on.publish(on.approved(RULE.replace("PT24H", "PT8H"))));
    draft = done(on.releases.handedOut(ANNA, draft));
    assertNotNull(draft.handedOutAt());
    assertInstanceOf(Done.class, on.publisher.republish("bo", observed, Consent.NOBODY));
    var approved = done(on.reviews.approve(BO, draft, on.sha256(draft), true, null));
    assertNull(approved.handedOutAt());
    on.clock.move(Reviews.APPROVAL_HOLDS);
    assertNotNull(on.reviews.lapseSigned(approved, on.clock.instant()));
  }

  @Test
  void a_rejected_draft_counts_as_not_handed_out() {
    var draft = on.submitted(RULE);
    assertInstanceOf(Done.class, on.publish(on.approved(RULE.replace("PT24H", "PT8H"))));
    draft = done(on.releases.handedOut(ANNA, draft));
    assertNotNull(draft.handedOutAt());
    assertNull(done(on.reviews.reject(BO, draft, "no")).handedOutAt());
  }

  @Test
  void an_approval_does_not_hold_against_another_rule_in_force() {
    var draft = on.approved(RULE);
    var other = on.draft(RULE.replace("remove", "observe").replace("PT24H", "P2D"));
    assertInstanceOf(Done.class, on.publish(other));
    var refused = assertInstanceOf(Refused.class, on.publish(draft));
    assertTrue(refused.reason().contains("the rule in force was changed"), refused.reason());
  }

  @Test
  void a_rejection_says_why_and_gives_the_draft_back() {
    var draft = on.submitted(RULE);
    assertTrue(refused(on.reviews.reject(BO, draft, " ")).contains("say what"));
    assertTrue(refused(on.reviews.reject(GAO, draft, "no")).contains("no approver"));
    var back = done(on.reviews.reject(BO, draft, "wrong date"));
    assertEquals(DraftState.OPEN, back.state());
    assertTrue(publication(back).contains("nobody else has agreed"));
  }

  @Test
  void who_has_not_the_role_neither_writes_nor_approves() {
    assertInstanceOf(NotDone.class, on.drafts.create(GAO, "x", RULE));
    var draft = on.submitted(RULE);
    var author = new Person("dora", ANNA.roles());
    assertTrue(
        refused(on.reviews.approve(author, draft, on.sha256(draft), true, null))
            .contains("no approver"));
  }

  @Test
  void of_two_who_change_a_draft_at_once_the_later_is_told() throws Exception {
    var draft = on.draft(RULE);
    var texts = List.of(RULE + "# one\n", RULE + "# two\n", RULE + "# three\n");
    var work = new ArrayList<Callable<DraftOutcome>>();
    texts.forEach(text -> work.add(() -> on.drafts.edit(ANNA, draft, text)));
    work.add(() -> on.drafts.discard(ANNA, draft, "no use"));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ArrayList<DraftOutcome>();
      for (var one : pool.invokeAll(work)) {
        outcomes.add(one.get());
      }
      assertEquals(
          1,
          outcomes.stream().filter(DraftOutcome.Done.class::isInstance).count(),
          outcomes::toString);
      outcomes.stream()
          .filter(NotDone.class::isInstance)
          .map(Bureau::refused)
          .forEach(reason -> assertTrue(reason.contains("Nothing of yours was written"), reason));
    }
    assertEquals(on.now(draft).revision(), on.drafts.revisions(draft.number()).size());
  }

  @Test
  void errors_of_lint_bar_the_review_and_warnings_do_not() {
    var draft = on.draft(RULE.replace("effective: 2026-07-10", "effective: 2026-06-10"));
    assertTrue(refused(on.reviews.submit(ANNA, draft, null)).contains("lint found errors"));
    assertInstanceOf(Refused.class, on.observe(draft));
  }

  @Test
  void what_no_workstation_has_looked_for_is_observed_first() {
    on.enrol("pc-1");
    var draft = on.draft(RULE);
    on.preview(draft);
    assertTrue(refused(on.reviews.submit(ANNA, draft, null)).contains("interdict draft observe"));
    on.observe(draft);
    on.report("pc-1", "some-tool", RuleState.PRESENT);
    var seen = on.preview(draft);
    assertEquals(List.of(1L, 1L), List.of(seen.looked(), seen.matched()));
    done(on.reviews.submit(ANNA, draft, null));
  }

  @Test
  void one_workstation_that_looked_does_not_stand_for_the_fleet() {
    for (var n = 0; n < 10; n++) {
      on.enrol("pc-" + n);
    }
    var draft = on.draft(RULE);
    on.observe(draft);
    on.report("pc-0", "some-tool", RuleState.PRESENT);
    on.preview(draft);
    var few = refused(on.reviews.submit(ANNA, draft, null));
    assertTrue(few.contains("of 10 workstations in contact 1 have looked and 9 have not"), few);
    var submitted = done(on.reviews.submit(ANNA, draft, null, "an attack is under way"));
    var unread = refused(on.reviews.approve(BO, submitted, on.sha256(draft), true, null));
    assertTrue(unread.contains("an attack is under way"), unread);
    assertEquals(
        DraftState.APPROVED,
        done(on.reviews.approve(BO, submitted, on.sha256(draft), true, true, null)).state());
  }

  @Test
  void most_of_those_that_are_in_contact_are_enough_and_the_silent_are_not_waited_for() {
    on.enrol("pc-silent");
    on.clock.move(Duration.ofDays(8));
    for (var n = 0; n < 10; n++) {
      on.enrol("pc-" + n);
    }
    var draft = on.draft(RULE.replace("2026-07-", "2026-08-"));
    on.observe(draft);
    for (var n = 0; n < 7; n++) {
      on.report("pc-" + n, "some-tool", RuleState.CLEAR);
    }
    on.preview(draft);
    assertTrue(refused(on.reviews.submit(ANNA, draft, null)).contains("8 have to"));
    on.report("pc-7", "some-tool", RuleState.CLEAR);
    on.preview(draft);
    done(on.reviews.submit(ANNA, draft, null));
  }

  @Test
  void a_rule_that_old_agents_begin_to_read_is_new_to_them() {
    var young =
        RULE.replace("match: [", "match: [{container: {references: [docker.io/some/tool]}}, ");
    on.publish(on.approved(young));
    on.enrol("pc-old");
    on.database.write(connection ->
        Sql.update(connection, "update device set vocabulary = 1 where host = 'pc-old'"));
    var why = publication(on.draft(RULE));
    assertTrue(why.contains("nobody else has agreed"), why);
    on.database.write(connection ->
        Sql.update(connection, "update device set vocabulary = 5 where host = 'pc-old'"));
    assertInstanceOf(Done.class, on.publish(on.draft(RULE)));
  }

  @Test
  void where_critical_groups_are_hit_the_reviewer_looks_at_the_matches() {
    on.enrol("build-1", "build-machines");
    var draft = on.draft(RULE);
    on.observe(draft);
    on.report("build-1", "some-tool", RuleState.PRESENT);
    assertEquals(1, on.preview(draft).critical());
    var submitted = done(on.reviews.submit(ANNA, draft, null));
    assertTrue(
        refused(on.reviews.approve(BO, submitted, on.sha256(draft), false, null))
            .contains("--samples-seen"));
    var approved = done(on.reviews.approve(BO, submitted, on.sha256(draft), true, null));
    var review = approved.review();
    assertTrue(review != null && review.samplesSeen());
  }

  @Test
  void a_preview_counts_for_7_days() {
    var draft = on.draft(RULE.replace("07-10", "07-30").replace("07-03", "07-20"));
    on.observe(draft);
    on.preview(draft);
    on.clock.move(Previews.HOLDS);
    assertTrue(refused(on.reviews.submit(ANNA, draft, null)).contains("older than 7 days"));
  }

  @Test
  void a_preview_counts_no_more_once_a_20th_of_the_fleet_tells_something_else() {
    var draft = on.draft(RULE);
    on.observe(draft);
    for (var n = 0; n < 20; n++) {
      on.enrol("pc-" + n);
      on.report("pc-" + n, "some-tool", RuleState.CLEAR);
    }
    on.preview(draft);
    on.clock.move(Duration.ofMinutes(1));
    on.report("pc-0", "some-tool", RuleState.PRESENT);
    draft = done(on.reviews.submit(ANNA, draft, null));
    on.report("pc-1", "some-tool", RuleState.PRESENT);
    assertTrue(
        refused(on.reviews.approve(BO, draft, on.sha256(draft), true, null))
            .contains("on 2 workstations something is different"));
  }

  @Test
  void a_new_version_is_tried_beside_the_one_in_force_and_its_preview_tells_the_difference() {
    on.publish(on.approved(RULE));
    on.enrol("pc-1");
    on.enrol("pc-2");
    on.enrol("pc-3");
    on.report("pc-1", "some-tool", RuleState.PRESENT);
    var wider =
        RULE.replace(
            "[{package: pkg:npm/some-tool}]",
            "[{package: pkg:npm/some-tool}, {package: pkg:npm/more}]");
    var draft = on.draft(wider);
    assertInstanceOf(Done.class, on.observe(draft));
    assertEquals("remove", on.enforcement("some-tool"));
    assertEquals("observe", on.enforcement("some-tool-trial"));
    on.report("pc-2", "some-tool-trial", RuleState.PRESENT);
    on.report("pc-3", "some-tool-trial", RuleState.CLEAR);
    var preview = on.preview(draft);
    assertEquals("some-tool-trial", preview.observed());
    assertEquals(new Json.Int(1), preview.document().get("gained"));
    assertEquals(new Json.Int(1), preview.document().get("lost"));
    assertEquals(new Json.Int(1), preview.document().get("running"));
    // If the third is like the other two.
    assertEquals(2, preview.estimate());
    draft = done(on.reviews.submit(ANNA, draft, null, "two of three are enough"));
    draft = done(on.reviews.approve(BO, draft, on.sha256(draft), true, true, null));
    assertInstanceOf(Done.class, on.publish(draft));
    assertNull(on.inForce("some-tool-trial"));
  }

  @Test
  void what_is_safer_needs_nobody_else() {
    on.publish(on.approved(RULE));
    var later = on.draft(RULE.replace("2026-07-10T10:00", "2026-07-14T10:00"));
    assertTrue(refused(on.reviews.submit(ANNA, later, null)).contains("needs nobody else"));
    assertInstanceOf(Done.class, on.publish(later));
  }
}
