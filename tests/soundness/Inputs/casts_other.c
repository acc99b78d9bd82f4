struct d19;
int target19(struct d19 *);
extern int (*volatile to19)(struct d19 *);

void make19(void)
{
    to19 = target19;
}
