#!/bin/bash
# unicore-batch --slurm: an array job on a Slurm of this computer alone, with
# its own configuration, key and ports.
#
# REQUIRES: long, slurm
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: Submitted batch job
# CHECK: linuxu-x86_64 2 of 2 converted
# CHECK: exit 0
set -u
d=$1 host=$(hostname -s) user=$(id -un)
mkdir "$d/state" "$d/spool"
head -c 128 /dev/urandom > "$d/key"; chmod 400 "$d/key"
export SLURM_CONF=$d/slurm.conf
cat > "$SLURM_CONF" << END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=$d/munge
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$d/state
SlurmdSpoolDir=$d/spool
SlurmctldPidFile=$d/slurmctld.pid
SlurmdPidFile=$d/slurmd.pid
SlurmctldPort=$((20000 + RANDOM % 5000))
SlurmdPort=$((25000 + RANDOM % 5000))
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
MpiDefault=none
ReturnToService=2
SlurmctldLogFile=$d/slurmctld.log
SlurmdLogFile=$d/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
/usr/sbin/munged --force --foreground --key-file "$d/key" --socket "$d/munge" \
    --pid-file "$d/munge.pid" --log-file "$d/munge.log" --seed-file "$d/seed" 2> /dev/null &
until [ -S "$d/munge" ]; do sleep 0.1; done
/usr/sbin/slurmctld -D > /dev/null 2>&1 &
/usr/sbin/slurmd -D -N "$host" > /dev/null 2>&1 &
for ((i = 0; i < 300; i++)); do # until the node is there
    sinfo -h -o %T 2> /dev/null | grep -q idle && break
    sleep 0.1
done
unicore-batch --slurm=--partition=all -t linuxu-x86_64 -o "$d/out" hello hello-int |
    sed 's/  */ /g'
echo "exit ${PIPESTATUS[0]}"
kill $(jobs -p)
wait 2> /dev/null
