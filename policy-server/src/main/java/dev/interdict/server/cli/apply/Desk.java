package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import java.util.List;
import java.util.Map;

/// Where drafts lie: a server beyond its API, or in its folder.
interface Desk extends AutoCloseable {

  /// Where that is, for people.
  String place();

  /// The same as other commands are told it, a space before: ` --profile ci`.
  String option();

  /// Who writes, as drafts name their authors.
  String me();

  /// The rules that devices read now, as they were published.
  Map<RuleId, Json> inForce();

  /// The drafts that are neither published nor discarded and name a rule, the newest first.
  List<OpenDraft> drafts();

  /// The newest text of one.
  Text text(OpenDraft draft);

  /// What the server says of a text, and keeps nothing.
  Checked check(String name, String content);

  /// Begins a draft.
  ///
  /// @param origin where its text comes from, in words
  /// @return its number
  long create(String origin, String content);

  /// Gives a draft another text, unless it was changed since `before` was read.
  void edit(OpenDraft draft, Text before, String content);

  @Override
  void close();

  /// A draft that is open.
  ///
  /// @param state in words
  /// @param author of the newest text
  record OpenDraft(
      long number, RuleId rule, String state, long revision, String sha256, String author) {}

  /// A draft's newest text.
  ///
  /// @param tag names what was read
  /// @param author of that very text, which may be newer than what a list said
  record Text(String content, String tag, String author) {}

  /// What the server says of a text.
  ///
  /// @param graver what makes agents do more, in words; two people have to agree then
  /// @param leftOut how many findings and words more there are, which it did not tell
  record Checked(List<Said> findings, List<String> graver, long leftOut) {
    public Checked {
      findings = List.copyOf(findings);
      graver = List.copyOf(graver);
    }
  }

  /// A finding of lint.
  record Said(String file, String at, String severity, String code, String message) {
    boolean isError() {
      return severity.equals("error");
    }
  }
}
