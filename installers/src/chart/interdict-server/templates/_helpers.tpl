{{- define "interdict.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "interdict.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end }}

{{- define "interdict.labels" -}}
{{ include "interdict.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "interdict.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "interdict.folder" -}}/var/lib/interdict/server{{- end }}

{{/* The address of the database, with the authority that its certificate is checked by. */}}
{{- define "interdict.database" -}}
{{- $d := .Values.database }}
{{- $d.url }}{{ if $d.caSecret }}{{ ternary "&" "?" (contains "?" $d.url) }}sslrootcert=/etc/interdict/database-ca/{{ $d.caKey }}{{ end }}
{{- end }}

{{/* server.yaml. What the chart decides goes after what was given, so that it cannot be changed there. */}}
{{- define "interdict.settings" -}}
{{- $s := merge (deepCopy .Values.server.settings) (dict "log" "json") }}
{{- $_ := set $s "issuer" .Values.server.issuer }}
{{- $_ := set $s "url" .Values.server.url }}
{{- if .Values.server.consoleUrl }}{{ $_ := set $s "console-url" .Values.server.consoleUrl }}{{ end }}
{{- if .Values.server.trustedProxies }}{{ $_ := set $s "trusted-proxies" .Values.server.trustedProxies }}{{ end }}
{{- $_ := set $s "tls" (dict "store" (printf "/etc/interdict/tls/%s" .Values.tls.storeKey) "password-file" (printf "/etc/interdict/tls/%s" .Values.tls.passwordKey)) }}
{{- $_ := set $s "bind" .Values.server.bind }}
{{- $_ := set $s "device-port" 8460 }}
{{- $_ := set $s "admin-port" 8461 }}
{{- $_ := set $s "metrics" (dict "bind" .Values.server.bind "port" 9464) }}
{{- if .Values.database.url }}
{{- $_ := set $s "database" (dict "url" (include "interdict.database" .) "user" .Values.database.user "password-file" (printf "/etc/interdict/database/%s" .Values.database.passwordKey)) }}
{{- end }}
{{- toYaml $s }}
{{- end }}

{{- define "interdict.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
# Else every start would make the keys on the volume readable for the group, and the server refuses such.
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "interdict.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/* What is the same for the server, its set-up and the migration. */}}
{{- define "interdict.commonMounts" -}}
- {name: tmp, mountPath: /tmp}
{{- if .Values.database.url }}
- {name: database, mountPath: /etc/interdict/database, readOnly: true}
{{- if .Values.database.caSecret }}
- {name: database-ca, mountPath: /etc/interdict/database-ca, readOnly: true}
{{- end }}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* 288 is 0440: the account is in the group that the volume is given, and owns nothing there. */}}
{{- define "interdict.commonVolumes" -}}
- {name: tmp, emptyDir: {medium: Memory, sizeLimit: 128Mi}}
{{- if .Values.database.url }}
- name: database
  secret: {secretName: {{ .Values.database.existingSecret | quote }}, defaultMode: 288}
{{- if .Values.database.caSecret }}
- name: database-ca
  secret: {secretName: {{ .Values.database.caSecret | quote }}, defaultMode: 288}
{{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "interdict.placing" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.serviceAccountName }}
serviceAccountName: {{ . | quote }}
{{- end }}
# It has nothing to ask of the cluster.
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
