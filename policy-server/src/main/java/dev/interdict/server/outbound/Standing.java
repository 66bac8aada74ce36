package dev.interdict.server.outbound;

import dev.interdict.server.about.OtherSystem;
import dev.interdict.server.events.Follower;
import dev.interdict.server.mail.MailTally;
import dev.interdict.server.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether the systems that this server tells of events listen, as its settings name them. Pure but
/// for what it is asked to look up.
record Standing(
    Database database,
    InstantSource clock,
    OutboundSettings settings,
    Map<String, Follower> followers) {
  List<OtherSystem> systems() {
    var syslog = settings.syslog();
    var ocsf = settings.ocsf();
    var metrics = settings.metrics();
    return List.of(
        followed("syslog", syslog == null ? null : syslog.place()),
        followed("ocsf", ocsf == null ? null : ocsf.toString()),
        mail(),
        metrics == null
            ? OtherSystem.none("metrics")
            : OtherSystem.at("metrics", metrics.bind() + ":" + metrics.port()));
  }

  private OtherSystem followed(String name, @Nullable String place) {
    var follower = followers.get(name);
    return place == null || follower == null
        ? OtherSystem.none(name)
        : new OtherSystem(
            name, place, follower.feed().waiting(), follower.failures(), follower.trouble());
  }

  private OtherSystem mail() {
    var mail = settings.mail();
    if (mail == null) {
      return OtherSystem.none("mail");
    }
    var tally = MailTally.of(database, clock.instant());
    return new OtherSystem(
        "mail",
        mail.host() + ":" + mail.port(),
        tally.waiting(),
        tally.failing() + tally.givenUp(),
        tally.error());
  }
}
