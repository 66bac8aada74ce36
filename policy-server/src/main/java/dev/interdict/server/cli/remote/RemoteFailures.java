package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;

/// How a command ends where a server does not do what it was asked: in words, and with the exit
/// code that the same refusal has on the server's own machine.
///
/// @param server where it is
record RemoteFailures(URI server) {
  /// Somebody ended the command while it waited.
  static Failure interrupted() {
    Thread.currentThread().interrupt();
    return new Failure(Exit.UNREACHABLE, "broken off");
  }

  /// No whole answer came.
  Failure unreachable(IOException e) {
    var why = why(e);
    return new Failure(Exit.UNREACHABLE, "cannot reach " + server + ": " + why);
  }

  /// The machine's own words, where it has any: of a refused connection it says nothing.
  private String why(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no machine of that name is known";
      }
      if (cause instanceof CertPathBuilderException) {
        return "nobody whom this machine believes has signed its certificate; name the file of who"
            + " did with: interdict login --ca-file";
      }
      if (cause instanceof CertificateException
          && String.valueOf(cause.getMessage()).startsWith("No subject alternative")) {
        return "its certificate is for other names than "
            + server.getHost()
            + "; log in by a name that is in it, or give the server one for this name";
      }
      if (cause instanceof ProtocolException || cause instanceof EOFException) {
        return "what listens there gives no answer of HTTP"
            + ("http".equals(server.getScheme()) ? "; if it takes TLS, write https://" : "");
      }
    }
    if (e instanceof HttpTimeoutException) {
      return "nothing answers there in time";
    }
    if (e instanceof ConnectException && e.getMessage() == null) {
      return "nothing listens there";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /// An answer that is not of what was asked for.
  Failure refused(Answer answer) {
    var words = answer.why();
    if (answer.isProblem("trust")) {
      return new Failure(Exit.TRUST, words);
    }
    if (answer.isProblem("in-progress")) {
      return new Failure(Exit.UNREACHABLE, server + " is not done yet: " + words);
    }
    return switch (answer.status()) {
      case 401 -> new Failure(Exit.REFUSED, "what you logged in with lets nobody in: " + words);
      case 404 -> new Failure(Exit.FOUND, words);
      case 400 -> new Failure(Exit.USAGE, words);
      case 409, 412 -> new Failure(Exit.CONFLICT, words);
      case 429, 502, 503, 504 -> new Failure(Exit.UNREACHABLE, server + " is busy: " + words);
      default -> new Failure(Exit.REFUSED, words);
    };
  }
}
