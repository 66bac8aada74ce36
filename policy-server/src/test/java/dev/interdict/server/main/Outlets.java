package dev.interdict.server.main;

import dev.interdict.server.events.Links;
import dev.interdict.server.mail.MailDomains;
import dev.interdict.server.mail.MailSettings;
import dev.interdict.server.syslog.SyslogReader;
import dev.interdict.server.syslog.SyslogSettings;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A mail server and a collector that are set up and away: nothing listens at port 9.
public final class Outlets {
  private static final int NOBODY = 9;

  private Outlets() {}

  public static MailSettings mail() {
    return new MailSettings(
        "127.0.0.1",
        NOBODY,
        MailSettings.Security.NONE,
        null,
        null,
        null,
        "interdict@example.com",
        List.of(),
        List.of(),
        false,
        List.of(),
        Duration.ofDays(7),
        Locale.ENGLISH,
        10,
        MailDomains.ALL);
  }

  public static SyslogReader collector() throws IOException {
    return new SyslogReader(
        new SyslogSettings("127.0.0.1", NOBODY, true, null),
        TrustedCa.of(null),
        new Links("https://interdict.example"),
        "server",
        "1.0");
  }
}
