#!/bin/sh
# Jamf Pro extension attribute (text): what the Interdict agent of this Mac says of its software.
#   NOT INSTALLED, NOT ENROLLED, NO ANSWER   nothing is known
#   NO LIST, NOT SCANNED, OLD LIST, GAPS n   not known well enough to call it clear
#   FOUND rule (verdict), …                  banned software is here
#   CLEAR                                    a whole scan by a current list found none
PATH=/usr/bin:/bin:/usr/sbin:/sbin
export PATH
agent=/Library/Interdict/bin/interdict-agent
state="/Library/Application Support/Interdict"

tell() {
  echo "<result>$1</result>"
  exit 0
}

[ -x "$agent" ] || tell "NOT INSTALLED"
[ -e "$state/enrolment.json" ] || tell "NOT ENROLLED"
# By 1 the agent answers as well: something was found, or not all of it was looked at.
status=$("$agent" status --output json 2>/dev/null) || [ $? = 1 ] || tell "NO ANSWER"

# By the indentation in which the agent writes: two blanks for the whole, six for a rule.
tell "$(printf '%s\n' "$status" | awk '
  function value(line) { sub(/^[^:]*: /, "", line); gsub(/[",]/, "", line); return line }
  /^  "scanned": /  { scanned = value($0) }
  /^  "serial": /   { serial = value($0) }
  /^  "age": /      { age = value($0) }
  /^  "gaps": /     { gaps = value($0); told = 1 }
  /^      "id": /   { rule = value($0); kind = "unknown" }
  /^        "kind": / { kind = value($0) }
  /^      "findings": \[$/ { found = found (found == "" ? "" : ", ") rule " (" kind ")" }
  END {
    # What was found counts, however little else is known.
    if (found != "") print "FOUND " found
    else if (scanned == "" || !told && serial == "") print "NO ANSWER"
    else if (serial + 0 == 0) print "NO LIST"
    else if (scanned != "true") print "NOT SCANNED"
    else if (age != "current") print "OLD LIST"
    else if (gaps != "0") print "GAPS " gaps
    else print "CLEAR"
  }')"
