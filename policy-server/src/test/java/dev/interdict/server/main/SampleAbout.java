package dev.interdict.server.main;

import dev.interdict.server.about.About;
import dev.interdict.server.about.Certificate;
import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.about.Setting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// What a server of the tests tells of itself: some set up, some not, one in trouble.
public final class SampleAbout {
  private SampleAbout() {}

  public static About of(InstantSource clock) {
    return new About(
        "1.2.3",
        "https://interdict.example:8460",
        "/var/lib/interdict/interdict.db",
        List.of(
            new Setting("issuer", "Hailan Group"),
            new Setting("url", "https://interdict.example:8460"),
            new Setting("time-zone", "Asia/Shanghai"),
            new Setting("silent-after", "P7D"),
            new Setting("reports.keep", "P30D"),
            new Setting("trusted-proxies", "")),
        () ->
            new Certificate(
                "CN=interdict.example",
                "CN=Interdict of interdict.example",
                clock.instant().plus(Duration.ofDays(20))),
        () ->
            List.of(
                new OtherSystem(
                    "syslog", "siem.example:6514 (TLS)", 12, 3, "Connection refused <b>"),
                OtherSystem.none("ocsf"),
                OtherSystem.at("mail", "smtp.example:587"),
                OtherSystem.at("metrics", "127.0.0.1:9464"),
                OtherSystem.none("oidc")));
  }
}
