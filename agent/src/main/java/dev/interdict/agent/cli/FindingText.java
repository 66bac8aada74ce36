package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;

/// One thing that was found, in words.
record FindingText(GuardAnswer finding, Words words) {

  /// What it is and where, beneath an indentation of so many columns.
  void where(Paper paper, int indent) {
    var blanks = " ".repeat(indent);
    paper.line(blanks + name());
    paper.whole(blanks + finding.get("location").text());
  }

  /// What there is to say of it besides.
  void more(Paper paper, int indent) {
    var blanks = " ".repeat(indent);
    var user = finding.get("user");
    paper.line(
        blanks
            + (finding.get("yours").flag()
                ? words.say("finding.yours")
                : user.isThere()
                    ? words.say("finding.other", user.text())
                    : words.say("finding.machine")));
    if (finding.get("running").number() > 0) {
      paper.line(blanks + words.say("finding.running"));
    }
    if (finding.get("disputed").flag()) {
      paper.line(blanks + words.say("finding.disputed"));
    }
  }

  /// A package URL states its version itself; other identities do not.
  private String name() {
    var identity = finding.get("identity").text();
    var version = finding.get("version").text();
    return version.isEmpty() || identity.endsWith("@" + version)
        ? identity
        : identity + " " + version;
  }
}
