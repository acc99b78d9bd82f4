/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lwipopts.h: lwIP as the pool builds it: no system, raw interface, memory
 * from the pool's pages (net/inet memory.c). Everything that facts can ask for
 * is compiled; what they do not ask for is left out by CFG_NET_* when linked
 * (prepare.sh).
 */
#ifndef UC_LWIPOPTS_H
#define UC_LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_STATS 0
#define LWIP_NOASSERT 1
#define LWIP_TIMERS 1
#define LWIP_TIMERS_CUSTOM 1

/* ---- memory ---- */

#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define MEM_ALIGNMENT 8
#define LWIP_PBUF_REF_T unsigned short
#define PBUF_LINK_ENCAPSULATION_HLEN 18 /* the device's own header */
#define LWIP_SUPPORT_CUSTOM_PBUF 1

/* ---- protocols ---- */

#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_ARP 1
#define LWIP_ETHERNET 1
#define LWIP_ICMP 1
#define LWIP_ICMP6 1
#define LWIP_RAW 0
#define LWIP_UDP 1
#define LWIP_TCP 1
#define LWIP_DHCP 1
#define LWIP_IGMP 1
#define LWIP_IPV6_MLD 1
#define LWIP_DNS 0
#define LWIP_AUTOIP 0
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_HAVE_LOOPIF 1
#define LWIP_LOOPIF_MULTICAST 0
#define LWIP_NETIF_STATUS_CALLBACK 1

#define ARP_QUEUEING 1
#define ARP_TABLE_SIZE 32
#define ETHARP_TRUST_IP_MAC 0
#define IP_DEFAULT_TTL 64
#define IP_REASS_MAX_PBUFS 256
#define IP_SOF_BROADCAST 1
#define IP_SOF_BROADCAST_RECV 0
#define SO_REUSE 1
#define SO_REUSE_RXTOALL 1
#define LWIP_MULTICAST_TX_OPTIONS 1
#define DHCP_DOES_ARP_CHECK 0 /* the server looks; a probe delays the start */
#define LWIP_DHCP_MAX_DNS_SERVERS 2
#define LWIP_DHCP_PROVIDE_DNS_SERVERS 1
#define IPV6_FRAG_COPYHEADER 1 /* pointers are longer than 4 bytes */
#define LWIP_IPV6_SCOPES 1
#define LWIP_IPV6_AUTOCONFIG 1
#define LWIP_IPV6_NUM_ADDRESSES 4 /* link-local, given, two by routers */
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 1
#define LWIP_ND6_NUM_NEIGHBORS 16
#define LWIP_ND6_NUM_DESTINATIONS 16

/* ---- TCP ---- */

#define LWIP_CALLBACK_API 1
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 5
#define TCP_MSS 1460
#define TCP_WND (256 * 1024)
#define TCP_SND_BUF (256 * 1024)
#define TCP_SND_QUEUELEN 2048 /* tcp.c sees to it that bytes are the limit */
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_BYTES TCP_WND
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_TIMESTAMPS 0
#define LWIP_TCP_KEEPALIVE 1
#define TCP_LISTEN_BACKLOG 1
#define TCP_TMR_INTERVAL 100 /* delayed acknowledgements; rto: twice that */
#define TCP_MSL 30000UL
#define TCP_SYNMAXRTX 6
#define TCP_MAXRTX 12
#define LWIP_TCP_RTO_TIME 1000
#define TCP_WND_UPDATE_THRESHOLD (4 * TCP_MSS)

/* ---- checksums: who computes them is a matter of the device ---- */

#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#define LWIP_CHKSUM uc_net_checksum
unsigned short uc_net_checksum(const void *p, int n);

/* ---- what net/inet has ---- */

struct tcp_pcb;
struct tcp_pcb_listen;
struct tcp_hdr;
struct pbuf;
int uc_net_may_come(const struct tcp_pcb_listen *pcb,
                    const struct tcp_hdr *syn);
void uc_net_window(struct tcp_pcb *pcb);
void uc_tcp_hash(struct tcp_pcb *pcb);
void uc_tcp_unhash(struct tcp_pcb *pcb);
struct tcp_pcb *uc_tcp_find(unsigned short remote_port,
                            unsigned short local_port, int time_wait);
struct tcp_pcb *uc_tcp_find_waiting(unsigned short remote_port,
                                    unsigned short local_port, unsigned flags,
                                    unsigned seqno);
struct tcp_pcb *uc_tcp_cookie(struct tcp_pcb_listen *pcb, unsigned seqno,
                              unsigned ackno, unsigned short remote_port);
void uc_net_unreachable(const struct pbuf *p);
void uc_net_unreachable6(const struct pbuf *p);
const void *uc_net_gateway6(void);
#define LWIP_HOOK_ND6_GET_GW(netif, dest) uc_net_gateway6()
void uc_net_name_server(unsigned n, const void *ip);

/* ---- chance ---- */

unsigned uc_net_random(void);
#define LWIP_RAND() uc_net_random()
unsigned uc_net_isn(const void *local_ip, unsigned short local_port,
                    const void *remote_ip, unsigned short remote_port);
#define LWIP_HOOK_TCP_ISN uc_net_isn

#endif
