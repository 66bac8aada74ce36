package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.setup.Settings;
import dev.interdict.wire.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether each `ca-file` of the settings holds certificates that are good for something.
record CaFiles(Settings settings) {
  private static final String QUESTION = "ca-file";
  private static final Duration SOON = Duration.ofDays(21);

  List<Answer> answers(Instant now) {
    var answers = new ArrayList<Answer>();
    var outbound = settings.outbound();
    var oidc = settings.oidc();
    var syslog = outbound.syslog();
    var mail = outbound.mail();
    add(answers, "oidc", oidc == null ? null : oidc.caFile(), now);
    add(answers, "webhooks", outbound.webhooksCa(), now);
    add(answers, "syslog", syslog == null ? null : syslog.ca(), now);
    add(answers, "mail", mail == null ? null : mail.ca(), now);
    return answers;
  }

  private static void add(List<Answer> answers, String whose, @Nullable Path file, Instant now) {
    if (file != null) {
      answers.add(of(whose, file, now));
    }
  }

  private static Answer of(String whose, Path file, Instant now) {
    try {
      return of(whose + ": " + file, PemCertificates.read(file), whose, now);
    } catch (IOException e) {
      return Answer.bad(
          QUESTION,
          whose + ": " + e.getMessage(),
          "bring the PEM file of whoever signs the other side's certificate, readable for the"
              + " server's account, or take ca-file off "
              + whose
              + " in server.yaml");
    }
  }

  private static Answer of(String what, PemCertificates certificates, String whose, Instant now) {
    var end = certificates.end();
    if (now.plus(SOON).isBefore(end)) {
      return Answer.good(QUESTION, what + ", good until " + end);
    }
    var advice = "bring the new ones into the file before the other side presents one of theirs";
    if (now.isBefore(end)) {
      return Answer.watch(QUESTION, what + ", good until " + end, advice);
    }
    // An authority vouches on after its end; one that is presented itself is refused.
    var ended = what + ", of which everything has ended, the last at " + end;
    return certificates.hasAuthority()
        ? Answer.watch(
            QUESTION,
            ended,
            "renew it: what it signed is believed still, but not itself where "
                + whose
                + " presents just that one")
        : Answer.bad(QUESTION, ended, "bring the new ones: " + whose + " is refused with these");
  }
}
