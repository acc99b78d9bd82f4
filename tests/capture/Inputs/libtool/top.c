int inner(void);
int top(void);

int top(void)
{
    return inner() + 1;
}
