# Written by Kiln: containerd came as a binary of its makers, without a unit.
[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target local-fs.target dbus.service

[Service]
Type=notify
ExecStart=/usr/bin/containerd
# Containers outlive a restart of the daemon, and have their own control groups.
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNPROC=infinity
LimitCORE=infinity
LimitNOFILE=infinity
<#if systemd gte 227>
TasksMax=infinity
</#if>
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
