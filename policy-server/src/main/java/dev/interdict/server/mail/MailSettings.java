package dev.interdict.server.mail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How mails leave, and to whom.
///
/// @param security how the connection is protected
/// @param user null where the server wants none
/// @param passwordFile with the user's password; null without one
/// @param ca PEM file with the certificates that the server's may come from; null for those that
///   Java trusts
/// @param from the sender's address
/// @param announcements who is told of publications, withdrawals and rules that are held
/// @param exemptions who is told of requests for exemptions and decisions on them
/// @param employees whether whoever the company's list names for a workstation is told of decisions
///   on it
/// @param reports who gets the report
/// @param reportEvery how often
/// @param language of all of them
/// @param mostPerHour more wait
/// @param domains to which mails may go
public record MailSettings(
    String host,
    int port,
    Security security,
    @Nullable String user,
    @Nullable Path passwordFile,
    @Nullable Path ca,
    String from,
    List<String> announcements,
    List<String> exemptions,
    boolean employees,
    List<String> reports,
    Duration reportEvery,
    Locale language,
    int mostPerHour,
    MailDomains domains) {
  /// How a connection is protected.
  public enum Security {
    /// In plain text first, then TLS, without which nothing is sent.
    STARTTLS,
    /// TLS from the first byte.
    TLS,
    /// None, for a loopback address only.
    NONE
  }

  public MailSettings {
    announcements = List.copyOf(announcements);
    exemptions = List.copyOf(exemptions);
    reports = List.copyOf(reports);
  }
}
