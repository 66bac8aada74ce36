package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `webhook`.
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    description = "Tells other systems and chats what happens, by signed HTTP messages.")
public final class WebhookCommand extends Group {}
