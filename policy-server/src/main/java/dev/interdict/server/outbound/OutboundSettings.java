package dev.interdict.server.outbound;

import dev.interdict.server.mail.MailSettings;
import dev.interdict.server.main.EventSettings;
import dev.interdict.server.syslog.SyslogSettings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who else is told, and how.
///
/// @param console where people reach the console, for links
/// @param webhooks hosts that webhooks may reach although they are inside
/// @param webhooksCa PEM file with further certificates for webhooks; null for those that Java
///   trusts
/// @param syslog null for none
/// @param mail null for none
/// @param ocsf the file to which events are added in OCSF; null for none
/// @param metrics where metrics and health are asked for; null for nowhere
/// @param jsonLog whether each line of the log is a JSON object
public record OutboundSettings(
    EventSettings events,
    String console,
    Set<String> webhooks,
    @Nullable Path webhooksCa,
    @Nullable SyslogSettings syslog,
    @Nullable MailSettings mail,
    @Nullable Path ocsf,
    @Nullable Metrics metrics,
    boolean jsonLog) {
  /// Where metrics are asked for.
  public record Metrics(String bind, int port) {
    /// The port that other exporters have too.
    public static final int PORT = 9464;
  }

  public OutboundSettings {
    webhooks = Set.copyOf(webhooks);
  }
}
