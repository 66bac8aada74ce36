package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A draft written by its fields, as a browser without scripts sends them.
class DraftFieldsIT {
  private static final String DRAFT = "/drafts/1";
  private static final String EDIT = "editDraftFields";

  /// What a browser sends of choices, which the office's reading of a form leaves out.
  private static final List<String> CHOSEN =
      List.of("risk", "high", "enforcement", "remove", "timeline.clock", "instant");

  @TempDir Path folder;
  private PublishingOffice office;

  @BeforeEach
  void open() {
    office = new PublishingOffice(folder).as("anna");
    office.send("/drafts/new", "createDraft", "catalogue", "claude-code");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private java.net.http.HttpResponse<String> fields(String page, String... changed) {
    var fields = new ArrayList<>(List.of(changed));
    for (var i = 0; i < CHOSEN.size(); i += 2) {
      if (!Arrays.asList(changed).contains(CHOSEN.get(i))) {
        fields.addAll(CHOSEN.subList(i, i + 2));
      }
    }
    return office.sendFrom(page, EDIT, fields.toArray(String[]::new));
  }

  private String page() {
    return office.console.get(DRAFT).body();
  }

  private String text() {
    var page = page();
    var start = page.indexOf(">", page.indexOf("name=\"content\"")) + 1;
    return page.substring(start, page.indexOf("</textarea>", start))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Test
  void fields_write_the_text_and_leave_the_rest_of_it() {
    var before = text();
    var answer =
        fields(
            page(),
            "risk",
            "critical",
            "reason.en",
            "It is not allowed: use Qoder.",
            "match.vscode",
            "anthropic.other");
    assertEquals(303, answer.statusCode(), answer.body());
    assertTrue(
        answer.headers().allValues("Set-Cookie").toString().contains("done=editDraftFields"));
    assertEquals(
        before
            .replace("risk: high", "risk: critical")
            .replaceFirst(
                "(?m)^  en: Claude Code is classified.*$",
                "  en: \"It is not allowed: use Qoder.\"")
            .replace(
                "  # Whatever runs from one of these.\n",
                "  - extension: {vscode: anthropic.other}\n  # Whatever runs from one of these.\n"),
        text());
  }

  @Test
  void fields_as_they_stand_change_nothing_and_the_page_says_so() {
    var before = text();
    var answer = fields(page());
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("the text is the same as before"), answer.body());
    assertEquals(before, text());
  }

  @Test
  void what_lint_says_stands_beside_its_field() {
    fields(page(), "replacement.url", "http://qoder.com/");
    var page = page();
    var field = page.substring(page.indexOf("name=\"replacement.url\""));
    var told = field.substring(field.indexOf("class=\"fault"), field.indexOf("</div>"));
    assertTrue(told.contains("must start with https://") && told.contains("<b>R0"), told);
  }

  @Test
  void a_refused_field_keeps_all_that_was_typed() {
    var before = text();
    var answer = fields(page(), "match.npm", "a/", "reason.en", "Typed with care");
    assertEquals(422, answer.statusCode());
    var npm = answer.body().substring(answer.body().indexOf("name=\"match.npm\""));
    assertTrue(npm.substring(0, npm.indexOf("<label")).contains("class=\"fault\""), npm);
    assertTrue(answer.body().contains("Typed with care"));
    assertEquals(before, text());
  }

  @Test
  void somebody_who_was_faster_is_not_overwritten() {
    var slower = page();
    fields(page(), "name", "First");
    var refused = fields(slower, "name", "Second");
    assertEquals(412, refused.statusCode());
    assertTrue(refused.body().contains("<del>First</del>"), refused.body());
    assertTrue(refused.body().contains("<ins>Second</ins>"), refused.body());
    assertFalse(refused.body().contains("<del>publisher"), "what is the same is not different");
    assertTrue(text().contains("name: First") && !text().contains("Second"), text());
  }

  /// Sent away with the next change it would leave a rule for every system there is.
  @Test
  void a_system_that_is_none_keeps_its_box() {
    office.send(DRAFT, "editDraft", "content", text() + "\nscope:\n  os: [Linux]\n");
    var page = page();
    assertTrue(
        page.contains("name=\"scope.os\" value=\"Linux\" checked"),
        page.substring(page.indexOf("id=\"fields\"")));
    assertEquals(303, fields(page, "scope.os", "Linux", "name", "Another").statusCode());
    assertTrue(text().contains("os: [Linux]") && text().contains("name: Another"), text());
  }

  @Test
  void what_no_field_shows_is_named() {
    var page = page();
    assertTrue(page.contains("<code>assessment</code>"), page);
    assertTrue(page.contains("<code>timeline.reminders</code>"), page);
  }

  @Test
  void a_text_that_cannot_be_read_and_a_reader_get_no_fields() {
    office.as("gao");
    assertFalse(PageForm.isOn(page(), EDIT));
    office.as("anna").send(DRAFT, "editDraft", "content", "id: [");
    assertFalse(PageForm.isOn(page(), EDIT));
    assertTrue(PageForm.isOn(page(), "editDraft"));
  }
}
