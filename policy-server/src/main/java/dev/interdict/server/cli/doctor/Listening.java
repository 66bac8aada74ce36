package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.service.Knock;
import dev.interdict.server.cli.setup.CertificateOnDisk;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Whether both listeners answer on this machine, with the certificate that lies in the folder, and
/// how long that one holds.
///
/// @param own the certificate that the settings name
record Listening(Settings settings, CertificateOnDisk own) {
  private static final Duration SOON = Duration.ofDays(21);

  /// A page of the console may lead on to where one signs in.
  private static final Pattern FINE = Pattern.compile("^(?:200|303)\\b");

  static Listening of(Settings settings) {
    return new Listening(settings, CertificateOnDisk.of(settings));
  }

  List<Answer> answers(Instant now) {
    var answers = new ArrayList<Answer>();
    answers.add(port("agents", settings.devicePort(), Routes.TUF + "timestamp.json"));
    answers.add(port("console", settings.adminPort(), "/"));
    answers.add(lasting(now));
    return answers;
  }

  private Answer port(String question, int port, String path) {
    var at = settings.bind() + ":" + port;
    try {
      var status = new Knock(settings.bind(), port, own.own()).status(path);
      return FINE.matcher(status).find()
          ? Answer.good(question, at + " answers: " + status)
          : Answer.bad(
              question,
              at + " answers, but " + path + " with: " + status,
              "another program, or a server in trouble: see its log, and /readyz at the console");
    } catch (Knock.OtherCertificateException e) {
      return Answer.bad(
          question,
          at + " presents another certificate than the one in the folder",
          "another program, or a server that could not read the new one: see its log");
    } catch (IOException e) {
      return Answer.bad(
          question,
          at + " does not answer: " + e.getMessage(),
          "start the server (systemctl start interdict-server), or see why it ended: journalctl -u"
              + " interdict-server");
    }
  }

  private Answer lasting(Instant now) {
    var trouble = own.trouble();
    if (trouble != null) {
      return Answer.bad(
          "certificate",
          trouble + "; a server that runs goes on with the one before, and none starts with this",
          "bring the right files, or: interdict-server certificate renew");
    }
    var certificate = own.certificate();
    if (certificate == null) {
      return settings.url().startsWith("https:")
          ? Answer.good("certificate", "none here; whatever stands before it has the one")
          : Answer.watch(
              "certificate",
              "none: plain HTTP, on this machine only",
              "for other machines: interdict-server certificate new --host NAME");
    }
    var end = certificate.getNotAfter().toInstant();
    var left = Duration.between(now, end);
    var detail = "until " + end + ", " + Math.max(0, left.toDays()) + " days left";
    if (left.isNegative()) {
      return Answer.bad("certificate", detail, "renew it now: agents refuse this one");
    }
    if (left.compareTo(SOON) < 0) {
      return Answer.watch("certificate", detail, "renew it: interdict-server certificate renew");
    }
    var host = URI.create(settings.url()).getHost();
    return host == null || names(certificate).stream().anyMatch(name -> covers(name, host))
        ? Answer.good("certificate", detail)
        : Answer.watch(
            "certificate",
            detail + ", but not for " + host,
            "agents that reach it by that name refuse it; url in server.yaml says they do");
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static boolean covers(String name, String host) {
    var dot = host.indexOf('.');
    return name.equalsIgnoreCase(host)
        || name.startsWith("*.")
            && dot > 0
            && name.substring(1).equalsIgnoreCase(host.substring(dot));
  }
}
