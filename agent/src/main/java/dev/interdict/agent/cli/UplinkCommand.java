package dev.interdict.agent.cli;

import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `interdict-agent uplink`: says or changes by what way the server is reached. Takes effect with
/// the next exchange.
@Command(
    name = "uplink",
    description = {
      "Says by what way the server is reached, or changes it from the next exchange on.",
      "Without options nothing is changed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:said or changed",
      "1:not changed; the message says why",
      "2:the command line is wrong"
    })
final class UplinkCommand implements Callable<Integer> {
  @Mixin private UplinkOptions options = new UplinkOptions();

  @Option(
      names = "--straight",
      description =
          "Without a proxy, and to a certificate that Java trusts, but for what is given.")
  private boolean straight;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
  private Path state = DefaultPlaces.state();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var folder = StateDirectory.open(state);
    var before = straight ? Uplink.STRAIGHT : Uplink.load(folder);
    try {
      var uplink = options.over(before);
      if (straight || !uplink.equals(before)) {
        uplink.save(folder);
      }
      var out = spec.commandLine().getOut();
      out.printf("proxy  %s%n", uplink.proxy() == null ? "none" : uplink.proxy());
      out.printf("trusts %s%n", uplink.ca() == null ? "what Java trusts" : names(uplink.ca()));
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /// A server that presents it itself is refused then; what it signed as an authority is not.
  private static boolean ended(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant().isBefore(Instant.now());
  }

  private static String names(String pem) throws IOException {
    try {
      var names = new StringBuilder();
      for (var each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))) {
        var certificate = (X509Certificate) each;
        names
            .append(names.isEmpty() ? "" : "; ")
            .append(certificate.getSubjectX500Principal().getName())
            .append(ended(certificate) ? ", which ENDED at " : ", until ")
            .append(certificate.getNotAfter().toInstant());
      }
      return names.toString();
    } catch (CertificateException e) {
      throw new IOException("the certificates are damaged: " + e.getMessage(), e);
    }
  }
}
